"""Invented people: names from common characters, identity numbers of an area that does not exist."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from examples_dice import Dice
from stdnum.cn.ric import calc_check_digit

AREA = "000000"  # no place has this code, so no number can belong to anybody

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏"
    "苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾韦夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵"
    "万"
)
_FIRST = "志建国文明晓海永春德秀玉金宏伟立家俊嘉子思雨雅梦佳泽浩宇天振东学少庆福荣兆启景承廷绍克"
_SECOND_MALE = "强军平勇杰涛超明刚辉鹏华飞波斌宇浩凯林峰龙洋健亮成权全忠义安康宁彬磊鑫旺"
_SECOND_FEMALE = "芳娜敏静丽艳娟霞燕玲萍红梅莉兰英洁颖琳雪慧莹婷倩蓉晴怡媛"


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    name: str
    male: bool
    birth: dt.date
    number: str

    @property
    def sex(self) -> str:
        """Give 男 or 女."""
        return "男" if self.male else "女"


class Register:
    """Gives people no two of whom share a name or a number."""

    def __init__(self, tag: str) -> None:
        self.dice = Dice(tag)
        self._names: set[str] = set()
        self._numbers: set[str] = set()

    def person(self, *, male: bool, birth: dt.date, name: str = "", check: str = "") -> Person:
        """Invent one; ``check`` asks for a certain check digit."""
        return Person(self._name(male=male, name=name), male, birth, self._number(birth, male, check))

    def _name(self, *, male: bool, name: str) -> str:
        while not name or name in self._names:
            second = self.dice.pick(_SECOND_MALE if male else _SECOND_FEMALE)
            first = self.dice.pick(_FIRST) if self.dice.chance(80) else ""
            name = self.dice.pick(_SURNAMES) + first + second
        self._names.add(name)
        return name

    def _number(self, birth: dt.date, male: bool, check: str) -> str:
        while True:
            number = full_number(f"{AREA}{birth:%Y%m%d}{self.dice.below(499) * 2 + male:03d}")
            if number not in self._numbers and number.endswith(check):
                self._numbers.add(number)
                return number


def full_number(seventeen: str) -> str:
    """Append the check digit of GB 11643."""
    return seventeen + str(calc_check_digit(f"{seventeen}0"))  # stdnum leaves out the last character itself
